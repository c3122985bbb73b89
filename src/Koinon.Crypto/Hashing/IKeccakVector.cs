using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;

namespace Koinon.Crypto.Hashing;

/// <summary>The operations of Keccak-f that instruction sets offer in different forms.</summary>
internal interface IKeccakVector
{
    /// <summary>Rotates each lane left by <paramref name="count"/> bits, 1 to 63.</summary>
    static abstract Vector256<ulong> RotateLeft(Vector256<ulong> value, [ConstantExpected] byte count);

    /// <summary>The parity a ^ b ^ c.</summary>
    static abstract Vector256<ulong> Xor(Vector256<ulong> a, Vector256<ulong> b, Vector256<ulong> c);

    /// <summary>Step chi of one word: a ^ (~b &amp; c).</summary>
    static abstract Vector256<ulong> Chi(Vector256<ulong> a, Vector256<ulong> b, Vector256<ulong> c);
}
