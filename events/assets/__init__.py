"""Builds what browsers load: KERN's styles and ours in one file, fonts, icons, scripts. The app never imports it."""
