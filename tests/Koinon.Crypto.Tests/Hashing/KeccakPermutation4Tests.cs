using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Koinon.Crypto.Hashing;

namespace Koinon.Crypto.Tests.Hashing;

public sealed unsafe class KeccakPermutation4Tests
{
    [Fact]
    public void Permute_WithAvx512_EqualsTheScalarPermutation()
    {
        if (Avx512F.VL.IsSupported)
        {
            AssertEqualsScalar(&KeccakPermutation4.Permute<KeccakAvx512>);
        }
    }

    [Fact]
    public void Permute_WithAvx2_EqualsTheScalarPermutation()
    {
        if (Avx2.IsSupported)
        {
            AssertEqualsScalar(&KeccakPermutation4.Permute<KeccakAvx2>);
        }
    }

    private static void AssertEqualsScalar(delegate*<Vector256<ulong>*, void> permute)
    {
        Random random = new(7);
        ulong[] states = new ulong[KeccakPermutation.Words * 4];
        random.NextBytes(MemoryMarshal.AsBytes(states.AsSpan()));
        ulong[] expected = new ulong[states.Length];
        ulong* state = stackalloc ulong[KeccakPermutation.Words];
        for (int lane = 0; lane < 4; lane++)
        {
            for (int i = 0; i < KeccakPermutation.Words; i++)
            {
                state[i] = states[(4 * i) + lane];
            }

            KeccakPermutation.Permute(state);
            for (int i = 0; i < KeccakPermutation.Words; i++)
            {
                expected[(4 * i) + lane] = state[i];
            }
        }

        fixed (ulong* words = states)
        {
            permute((Vector256<ulong>*)words);
        }

        Assert.Equal(expected, states);
    }
}
