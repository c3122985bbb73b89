using System.Buffers;
using System.Numerics;
using Koinon.Crypto.Modular;

namespace Koinon.Crypto;

/// <summary>Powers modulo any number, of any length: precompile 5.</summary>
/// <remarks>
/// An odd modulus is worked in Montgomery's form. An even one is q 2^k with odd q: the power is found modulo q and
/// modulo 2^k, and the two are joined by the Chinese remainder theorem. Time depends on the operands: not for secrets.
/// Stateless and safe from any thread. Source: EIP-198.
/// </remarks>
public static unsafe class ModularExponentiation
{
    /// <summary>Computes <paramref name="value"/> to the power of <paramref name="exponent"/>, modulo
    /// <paramref name="modulus"/>.</summary>
    /// <param name="value">The base, big-endian, any length; empty is zero.</param>
    /// <param name="exponent">The exponent, big-endian, any length; empty is zero, and any number to it is one.</param>
    /// <param name="modulus">The modulus, big-endian, any length; modulo zero and one the result is zero.</param>
    /// <param name="result">Receives the result, big-endian, in as many bytes as the modulus has.</param>
    /// <remarks>Takes time in the order of the exponent's bits times the square of the modulus's length.</remarks>
    /// <exception cref="ArgumentException">The result is not as long as the modulus.</exception>
    public static void Compute(
        ReadOnlySpan<byte> value, ReadOnlySpan<byte> exponent, ReadOnlySpan<byte> modulus, Span<byte> result)
    {
        if (result.Length != modulus.Length)
        {
            throw new ArgumentException($"The result takes the modulus's {modulus.Length} bytes.", nameof(result));
        }

        value = value.TrimStart((byte)0);
        exponent = exponent.TrimStart((byte)0);
        modulus = modulus.TrimStart((byte)0);
        if (modulus.IsEmpty || (modulus.Length == 1 && modulus[0] == 1))
        {
            result.Clear();
            return;
        }

        if (exponent.IsEmpty)
        {
            result.Clear();
            result[^1] = 1;
            return;
        }

        int limbs = LimbsOf(modulus.Length);
        int binaryBits = TrailingZeroCount(modulus);
        int residues = SlidingWindow.WorkspaceResidues(SlidingWindow.BitLength(exponent));

        // The widest case: modulus, odd part, two powers and the product in limbs, then a ring's workspace, base, power
        // and table in residues.
        int residueLimbs = VectorMontgomeryRing.ResidueLimbs(limbs);
        ulong[] rented = ArrayPool<ulong>.Shared.Rent((residueLimbs * (residues + 6)) + (5 * limbs));
        fixed (ulong* memory = rented)
        {
            Workspace workspace = new(memory, rented.Length);
            ulong* power = workspace.Take(limbs);
            ulong* number = workspace.Take(limbs);
            LimbArithmetic.Read(modulus, number, limbs);
            if (binaryBits == 0)
            {
                PowerModuloOdd(power, number, limbs, value, exponent, residues, workspace);
            }
            else
            {
                PowerModuloEven(power, number, limbs, binaryBits, value, exponent, residues, workspace);
            }

            LimbArithmetic.Write(power, limbs, result);
        }

        ArrayPool<ulong>.Shared.Return(rented);
    }

    private static void PowerModuloOdd(
        ulong* power, ulong* modulus, int limbs, ReadOnlySpan<byte> value, ReadOnlySpan<byte> exponent, int residues,
        Workspace workspace)
    {
        if (VectorMontgomeryRing.Serves(modulus, limbs))
        {
            VectorMontgomeryRing vectors = new(
                modulus, limbs, workspace.Take(VectorMontgomeryRing.WorkspaceLimbs(limbs)));
            ulong* vectorBase = workspace.Take(vectors.Limbs);
            ulong* vectorPower = workspace.Take(vectors.Limbs);
            vectors.Enter(vectorBase, value);
            SlidingWindow.Power(vectors, vectorPower, vectorBase, exponent, workspace.Take(vectors.Limbs * residues));
            vectors.Leave(power, vectorPower);
            return;
        }

        MontgomeryRing ring = new(modulus, limbs, workspace.Take(MontgomeryRing.WorkspaceLimbs(limbs)));
        ulong* residue = workspace.Take(limbs);
        ring.Enter(residue, value);
        SlidingWindow.Power(ring, power, residue, exponent, workspace.Take(limbs * residues));
        ring.Leave(power);
    }

    private static void PowerModuloBinary(
        ulong* power, int bits, ReadOnlySpan<byte> value, ReadOnlySpan<byte> exponent, int residues,
        Workspace workspace)
    {
        int limbs = LimbsOfBits(bits);
        BinaryRing ring = new(bits, workspace.Take(BinaryRing.WorkspaceLimbs(limbs)));
        ulong* residue = workspace.Take(limbs);
        LimbArithmetic.Read(value, residue, limbs);
        SlidingWindow.Power(ring, power, residue, exponent, workspace.Take(limbs * residues));
        ring.Reduce(power);
    }

    /// <summary>The power modulo q 2^k: x + q ((y - x) / q modulo 2^k), where x and y are the powers modulo q and 2^k.
    /// </summary>
    private static void PowerModuloEven(
        ulong* power, ulong* modulus, int limbs, int bits, ReadOnlySpan<byte> value, ReadOnlySpan<byte> exponent,
        int residues, Workspace workspace)
    {
        int binaryLimbs = LimbsOfBits(bits);
        ulong* odd = workspace.Take(limbs);
        int oddLimbs = ShiftRight(odd, modulus, limbs, bits);
        ulong* binaryPower = workspace.Take(binaryLimbs);
        PowerModuloBinary(binaryPower, bits, value, exponent, residues, workspace);
        new Span<ulong>(power, limbs).Clear();
        if (oddLimbs == 1 && odd[0] == 1)
        {
            new ReadOnlySpan<ulong>(binaryPower, binaryLimbs).CopyTo(new Span<ulong>(power, limbs));
            return;
        }

        PowerModuloOdd(power, odd, oddLimbs, value, exponent, residues, workspace);

        // All of this line is modulo 2^k: low limbs of the odd part, and of the power modulo it, suffice.
        BinaryRing ring = new(bits, workspace.Take(BinaryRing.WorkspaceLimbs(binaryLimbs)));
        ulong* widened = workspace.Take(binaryLimbs);
        ulong* inverse = workspace.Take(binaryLimbs);
        ulong* spare = workspace.Take(binaryLimbs);
        Widen(widened, binaryLimbs, power, oddLimbs);
        LimbArithmetic.Subtract(binaryPower, widened, binaryLimbs);
        Widen(widened, binaryLimbs, odd, oddLimbs);
        ring.Invert(inverse, widened, spare);
        ring.Multiply(binaryPower, binaryPower, inverse);

        ulong* product = workspace.Take(limbs);
        LimbArithmetic.Multiply(product, odd, oddLimbs, binaryPower, binaryLimbs, limbs);
        LimbArithmetic.Add(power, product, limbs);
    }

    /// <summary>Copies a number to another length: higher limbs are cut off or zero.</summary>
    private static void Widen(ulong* to, int toLimbs, ulong* from, int fromLimbs)
    {
        new Span<ulong>(to, toLimbs).Clear();
        int common = Math.Min(toLimbs, fromLimbs);
        new ReadOnlySpan<ulong>(from, common).CopyTo(new Span<ulong>(to, common));
    }

    /// <summary>Shifts a number right.</summary>
    /// <returns>The limbs that are left, without leading zeros.</returns>
    private static int ShiftRight(ulong* to, ulong* from, int limbs, int bits)
    {
        int whole = bits / 64;
        int part = bits % 64;
        for (int i = 0; i < limbs; i++)
        {
            ulong low = i + whole < limbs ? from[i + whole] : 0;
            ulong high = i + whole + 1 < limbs ? from[i + whole + 1] : 0;
            to[i] = part == 0 ? low : (low >> part) | (high << (64 - part));
        }

        int length = limbs;
        while (to[length - 1] == 0)
        {
            length--;
        }

        return length;
    }

    private static int TrailingZeroCount(ReadOnlySpan<byte> number)
    {
        int last = number.LastIndexOfAnyExcept((byte)0);
        return ((number.Length - 1 - last) * 8) + BitOperations.TrailingZeroCount(number[last]);
    }

    private static int LimbsOf(int bytes) => (int)(((uint)bytes + sizeof(ulong) - 1) / sizeof(ulong));

    private static int LimbsOfBits(int bits) => BinaryRing.LimbsOf(bits);
}
