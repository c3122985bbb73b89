using System.Diagnostics.CodeAnalysis;

namespace Koinon.Storage;

/// <summary>What a key may be, in every store.</summary>
public static class StoreKey
{
    /// <summary>The longest key in bytes; it is LMDB's, as Debian builds it.</summary>
    public const int LengthMax = 511;

    internal static void Check(ReadOnlySpan<byte> key)
    {
        if (key.Length is 0 or > LengthMax)
        {
            Refuse(key.Length);
        }
    }

    [DoesNotReturn]
    private static void Refuse(int length) =>
        throw new ArgumentException($"a key of {length} bytes; a store takes 1 to {LengthMax}");
}
