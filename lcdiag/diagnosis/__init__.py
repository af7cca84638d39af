"""Evidence becomes measures, measures become released cells, cells become signals."""
