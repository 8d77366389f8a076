"""The demo stands once in the database for all tests of this folder, which is why it is a package."""
