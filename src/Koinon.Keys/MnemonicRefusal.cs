namespace Koinon.Keys;

/// <summary>A refused recovery phrase: the reason, and what it is about. Names no word.</summary>
/// <param name="Error">The reason.</param>
/// <param name="Number">For <see cref="MnemonicError.WordCount"/> the words found, for
/// <see cref="MnemonicError.UnknownWord"/> the word's place counted from 1, for
/// <see cref="MnemonicError.EntropyLength"/> the bytes found; else 0.</param>
public readonly record struct MnemonicRefusal(MnemonicError Error, int Number)
{
    /// <summary>A sentence for the user, without any of the words.</summary>
    public override string ToString() => Error switch
    {
        MnemonicError.None => "The phrase is valid.",
        MnemonicError.WordCount => $"The phrase has {Number} words; it needs 12, 15, 18, 21 or 24.",
        MnemonicError.UnknownWord => $"Word {Number} is not in the English list of BIP-39.",
        MnemonicError.Checksum => "The words do not fit together: one is wrong or misplaced.",
        _ => $"The entropy has {Number} bytes; it needs 16, 20, 24, 28 or 32.",
    };
}
