"""Reading figures (numbers, scales, dates, clock times) from German and English text, and comparing them."""
