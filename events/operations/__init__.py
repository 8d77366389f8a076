"""Backup, restore and the move to another database: all data as a whole, whatever it means."""
