namespace Koinon.Keys;

/// <summary>Why words are no recovery phrase.</summary>
public enum MnemonicError
{
    /// <summary>They are one.</summary>
    None,

    /// <summary>There are not 12, 15, 18, 21 or 24 words.</summary>
    WordCount,

    /// <summary>A word is not in the English list.</summary>
    UnknownWord,

    /// <summary>All words are known, but the last one's checksum does not fit: a word is wrong or misplaced.</summary>
    Checksum,

    /// <summary>Entropy is not 16, 20, 24, 28 or 32 bytes long.</summary>
    EntropyLength,
}
