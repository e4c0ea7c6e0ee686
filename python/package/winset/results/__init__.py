"""What questions come to. Attributes are named as the keys of the documents of `--json` (docs/reference/json.md)."""
