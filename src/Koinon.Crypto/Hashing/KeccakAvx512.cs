using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Koinon.Crypto.Hashing;

/// <summary>Keccak's operations as AVX-512VL has them: one instruction each.</summary>
internal readonly struct KeccakAvx512 : IKeccakVector
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> RotateLeft(Vector256<ulong> value, [ConstantExpected] byte count) =>
        Avx512F.VL.RotateLeft(value, count);

    /// <inheritdoc/>
    /// <remarks>The control byte is the truth table of a ^ b ^ c.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Xor(Vector256<ulong> a, Vector256<ulong> b, Vector256<ulong> c) =>
        Avx512F.VL.TernaryLogic(a, b, c, 0x96);

    /// <inheritdoc/>
    /// <remarks>The control byte is the truth table of a ^ (~b &amp; c).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Chi(Vector256<ulong> a, Vector256<ulong> b, Vector256<ulong> c) =>
        Avx512F.VL.TernaryLogic(a, b, c, 0xD2);
}
