namespace Koinon.Abi;

/// <summary>What an <see cref="AbiValue"/> holds.</summary>
public enum AbiValueKind : byte
{
    /// <summary>A word: integers, bools, addresses.</summary>
    Word,

    /// <summary>Bytes, of fixed length or not.</summary>
    Bytes,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A list of values: arrays and tuples.</summary>
    List,
}
