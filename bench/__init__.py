"""How fast it is: `make bench` prints figures and ratios, and judges none of them (docs/bench.md)."""
