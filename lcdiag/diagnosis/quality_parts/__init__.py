"""Parts of how the answers came in; one question a module."""
