using System.Runtime.InteropServices;
using Koinon.Crypto.Modular;

namespace Koinon.Crypto.Tests.Modular;

public sealed unsafe class VectorMontgomeryRingTests
{
    // 213 limbs are more than the vectors' lanes hold without a carry: there the ring declines.
    [Fact]
    public void Power_OfEveryLength_EqualsTheScalarRing()
    {
        Random random = new(1);
        byte[] exponent = [0xB7, 0x5D, 0x03];
        bool served = false;
        for (int limbs = 7; limbs <= 213; limbs += limbs < 40 ? 1 : 19)
        {
            foreach (byte highest in new byte[] { 0x00, 0x01, 0x80, 0xFF })
            {
                byte[] number = new byte[limbs * sizeof(ulong)];
                random.NextBytes(number);
                if (highest == 0xFF)
                {
                    Array.Fill(number, highest);
                }

                byte[] modulus = (byte[])number.Clone();
                modulus[0] |= 1;
                modulus[^1] = highest;
                modulus[^8] |= 1;
                served |= AssertEqual(number, exponent, MemoryMarshal.Cast<byte, ulong>(modulus));
            }
        }

        Assert.Equal(System.Runtime.Intrinsics.X86.Avx2.IsSupported, served);
    }

    private static bool AssertEqual(byte[] number, byte[] exponent, ReadOnlySpan<ulong> modulus)
    {
        int limbs = modulus.Length;
        int residues = SlidingWindow.WorkspaceResidues(SlidingWindow.BitLength(exponent));
        ulong[] memory = new ulong[(residues + 8) * VectorMontgomeryRing.ResidueLimbs(limbs)];
        ulong[] expected = new ulong[limbs];
        ulong[] actual = new ulong[limbs];
        fixed (ulong* q = modulus)
        fixed (ulong* workspace = memory)
        fixed (ulong* result = expected)
        fixed (ulong* vectorResult = actual)
        {
            if (!VectorMontgomeryRing.Serves(q, limbs))
            {
                return false;
            }

            Workspace room = new(workspace, memory.Length);
            MontgomeryRing ring = new(q, limbs, room.Take(MontgomeryRing.WorkspaceLimbs(limbs)));
            ulong* residue = room.Take(limbs);
            ring.Enter(residue, number);
            SlidingWindow.Power(ring, result, residue, exponent, room.Take(limbs * residues));
            ring.Leave(result);

            room = new(workspace, memory.Length);
            VectorMontgomeryRing vectors = new(q, limbs, room.Take(VectorMontgomeryRing.WorkspaceLimbs(limbs)));
            residue = room.Take(vectors.Limbs);
            ulong* power = room.Take(vectors.Limbs);
            vectors.Enter(residue, number);
            SlidingWindow.Power(vectors, power, residue, exponent, room.Take(vectors.Limbs * residues));
            vectors.Leave(vectorResult, power);
        }

        Assert.Equal(expected, actual);
        return true;
    }
}
