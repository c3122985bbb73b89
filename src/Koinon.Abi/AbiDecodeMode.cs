namespace Koinon.Abi;

/// <summary>How much a decoder insists on.</summary>
public enum AbiDecodeMode : byte
{
    /// <summary>
    /// The one encoding of the values: offsets in order and without gaps, padding zero, nothing behind.
    /// </summary>
    Canonical,

    /// <summary>
    /// What Solidity's decoder takes: any offset within the data, any padding of bytes, anything behind.
    /// </summary>
    Tolerant,
}
