"""How the bundled name recognisers were made: text, vectors, gazetteer, training documents, training, evaluation."""
