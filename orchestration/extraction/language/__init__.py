"""What every rule needs to know of Russian text: offsets, words, sentences, quotes, numbers in words."""
