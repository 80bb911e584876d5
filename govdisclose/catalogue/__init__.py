"""The official forms, one TOML file each."""
