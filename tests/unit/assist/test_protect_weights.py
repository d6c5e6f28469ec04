"""The rules stand alone when the weights of the trained part are missing, damaged or another program's."""
