"""Sound in, words out: capture, recorder, voice activity, transcription. Free of Qt."""
