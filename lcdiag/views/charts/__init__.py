"""One kind of figure a module: cells to SVG, and the same cells to Plotly."""
