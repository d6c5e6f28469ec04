"""The standard counselling DB: articles, import, index, search. Free of Qt."""
