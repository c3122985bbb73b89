using Koinon.Primitives;

namespace Koinon.Abi;

/// <summary>What a word must look like to be a value of a type that stands in one word.</summary>
internal static class AbiWords
{
    /// <summary>Whether a word is a value of an integer, bool or address type.</summary>
    internal static bool IsInRange(AbiType type, in UInt256 word) => type.Kind switch
    {
        AbiKind.Unsigned => word.BitLength <= type.Bits,
        AbiKind.Signed => UInt256.SignExtend(word, (uint)((type.Bits / 8) - 1)) == word,
        AbiKind.Bool => word <= UInt256.One,
        _ => word.BitLength <= 8 * Address.Size,
    };
}
