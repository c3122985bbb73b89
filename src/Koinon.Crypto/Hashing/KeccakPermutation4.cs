using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Koinon.Crypto.Hashing;

/// <summary>The permutation Keccak-f[1600] on four states at once, one a lane of 256-bit vectors.</summary>
/// <remarks>
/// Vector i holds word i of the four states. The scalar twin is <see cref="KeccakPermutation"/>; tests compare the two.
/// All 25 vectors are locals: with AVX-512VL's 32 registers nothing is spilled. Its length is the price: every word
/// has a rotation of its own, which must be a constant.
/// </remarks>
internal static unsafe class KeccakPermutation4
{
    /// <summary>Whether this machine has the vectors; without them callers take the scalar permutation.</summary>
    internal static bool IsSupported => Avx2.IsSupported;

    /// <summary>Permutes four states with the best instructions of this machine.</summary>
    /// <param name="states">25 vectors, aligned to 32 bytes or not.</param>
    internal static void Permute(Vector256<ulong>* states)
    {
        if (Avx512F.VL.IsSupported)
        {
            Permute<KeccakAvx512>(states);
        }
        else
        {
            Permute<KeccakAvx2>(states);
        }
    }

    /// <summary>Permutes four states with the instructions of <typeparamref name="T"/>.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Permute<T>(Vector256<ulong>* states)
        where T : struct, IKeccakVector
    {
        ref ulong constants = ref MemoryMarshal.GetReference(KeccakPermutation.RoundConstants);
        Vector256<ulong> a0 = states[0];
        Vector256<ulong> a1 = states[1];
        Vector256<ulong> a2 = states[2];
        Vector256<ulong> a3 = states[3];
        Vector256<ulong> a4 = states[4];
        Vector256<ulong> a5 = states[5];
        Vector256<ulong> a6 = states[6];
        Vector256<ulong> a7 = states[7];
        Vector256<ulong> a8 = states[8];
        Vector256<ulong> a9 = states[9];
        Vector256<ulong> a10 = states[10];
        Vector256<ulong> a11 = states[11];
        Vector256<ulong> a12 = states[12];
        Vector256<ulong> a13 = states[13];
        Vector256<ulong> a14 = states[14];
        Vector256<ulong> a15 = states[15];
        Vector256<ulong> a16 = states[16];
        Vector256<ulong> a17 = states[17];
        Vector256<ulong> a18 = states[18];
        Vector256<ulong> a19 = states[19];
        Vector256<ulong> a20 = states[20];
        Vector256<ulong> a21 = states[21];
        Vector256<ulong> a22 = states[22];
        Vector256<ulong> a23 = states[23];
        Vector256<ulong> a24 = states[24];
        for (int round = 0; round < KeccakPermutation.Rounds; round++)
        {
            Vector256<ulong> c0 = T.Xor(T.Xor(a0, a5, a10), a15, a20);
            Vector256<ulong> c1 = T.Xor(T.Xor(a1, a6, a11), a16, a21);
            Vector256<ulong> c2 = T.Xor(T.Xor(a2, a7, a12), a17, a22);
            Vector256<ulong> c3 = T.Xor(T.Xor(a3, a8, a13), a18, a23);
            Vector256<ulong> c4 = T.Xor(T.Xor(a4, a9, a14), a19, a24);
            Vector256<ulong> d0 = c4 ^ T.RotateLeft(c1, 1);
            Vector256<ulong> d1 = c0 ^ T.RotateLeft(c2, 1);
            Vector256<ulong> d2 = c1 ^ T.RotateLeft(c3, 1);
            Vector256<ulong> d3 = c2 ^ T.RotateLeft(c4, 1);
            Vector256<ulong> d4 = c3 ^ T.RotateLeft(c0, 1);

            Vector256<ulong> b0 = a0 ^ d0;
            Vector256<ulong> b1 = T.RotateLeft(a6 ^ d1, 44);
            Vector256<ulong> b2 = T.RotateLeft(a12 ^ d2, 43);
            Vector256<ulong> b3 = T.RotateLeft(a18 ^ d3, 21);
            Vector256<ulong> b4 = T.RotateLeft(a24 ^ d4, 14);

            Vector256<ulong> b5 = T.RotateLeft(a3 ^ d3, 28);
            Vector256<ulong> b6 = T.RotateLeft(a9 ^ d4, 20);
            Vector256<ulong> b7 = T.RotateLeft(a10 ^ d0, 3);
            Vector256<ulong> b8 = T.RotateLeft(a16 ^ d1, 45);
            Vector256<ulong> b9 = T.RotateLeft(a22 ^ d2, 61);

            Vector256<ulong> b10 = T.RotateLeft(a1 ^ d1, 1);
            Vector256<ulong> b11 = T.RotateLeft(a7 ^ d2, 6);
            Vector256<ulong> b12 = T.RotateLeft(a13 ^ d3, 25);
            Vector256<ulong> b13 = T.RotateLeft(a19 ^ d4, 8);
            Vector256<ulong> b14 = T.RotateLeft(a20 ^ d0, 18);

            Vector256<ulong> b15 = T.RotateLeft(a4 ^ d4, 27);
            Vector256<ulong> b16 = T.RotateLeft(a5 ^ d0, 36);
            Vector256<ulong> b17 = T.RotateLeft(a11 ^ d1, 10);
            Vector256<ulong> b18 = T.RotateLeft(a17 ^ d2, 15);
            Vector256<ulong> b19 = T.RotateLeft(a23 ^ d3, 56);

            Vector256<ulong> b20 = T.RotateLeft(a2 ^ d2, 62);
            Vector256<ulong> b21 = T.RotateLeft(a8 ^ d3, 55);
            Vector256<ulong> b22 = T.RotateLeft(a14 ^ d4, 39);
            Vector256<ulong> b23 = T.RotateLeft(a15 ^ d0, 41);
            Vector256<ulong> b24 = T.RotateLeft(a21 ^ d1, 2);

            a0 = T.Chi(b0, b1, b2) ^ Vector256.Create(Unsafe.Add(ref constants, round));
            a1 = T.Chi(b1, b2, b3);
            a2 = T.Chi(b2, b3, b4);
            a3 = T.Chi(b3, b4, b0);
            a4 = T.Chi(b4, b0, b1);

            a5 = T.Chi(b5, b6, b7);
            a6 = T.Chi(b6, b7, b8);
            a7 = T.Chi(b7, b8, b9);
            a8 = T.Chi(b8, b9, b5);
            a9 = T.Chi(b9, b5, b6);

            a10 = T.Chi(b10, b11, b12);
            a11 = T.Chi(b11, b12, b13);
            a12 = T.Chi(b12, b13, b14);
            a13 = T.Chi(b13, b14, b10);
            a14 = T.Chi(b14, b10, b11);

            a15 = T.Chi(b15, b16, b17);
            a16 = T.Chi(b16, b17, b18);
            a17 = T.Chi(b17, b18, b19);
            a18 = T.Chi(b18, b19, b15);
            a19 = T.Chi(b19, b15, b16);

            a20 = T.Chi(b20, b21, b22);
            a21 = T.Chi(b21, b22, b23);
            a22 = T.Chi(b22, b23, b24);
            a23 = T.Chi(b23, b24, b20);
            a24 = T.Chi(b24, b20, b21);
        }

        states[0] = a0;
        states[1] = a1;
        states[2] = a2;
        states[3] = a3;
        states[4] = a4;
        states[5] = a5;
        states[6] = a6;
        states[7] = a7;
        states[8] = a8;
        states[9] = a9;
        states[10] = a10;
        states[11] = a11;
        states[12] = a12;
        states[13] = a13;
        states[14] = a14;
        states[15] = a15;
        states[16] = a16;
        states[17] = a17;
        states[18] = a18;
        states[19] = a19;
        states[20] = a20;
        states[21] = a21;
        states[22] = a22;
        states[23] = a23;
        states[24] = a24;
    }
}
