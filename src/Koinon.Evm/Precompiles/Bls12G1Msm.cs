using Koinon.Crypto;

namespace Koinon.Evm.Precompiles;

/// <summary>Sum of multiples of points of G1 of BLS12-381 (EIP-2537).</summary>
internal sealed class Bls12G1Msm() : Precompile("BLS12_G1MSM", 0x0c)
{
    private const int PairLength = 160;
    private const long MultiplicationGas = 12_000;

    // Thousandths of the plain price for 1 to 128 pairs; more pairs cost as the last.
    private static readonly ushort[] Discounts =
    [
        1000, 949, 848, 797, 764, 750, 738, 728, 719, 712, 705, 698, 692, 687, 682, 677,
        673, 669, 665, 661, 658, 654, 651, 648, 645, 642, 640, 637, 635, 632, 630, 627,
        625, 623, 621, 619, 617, 615, 613, 611, 609, 608, 606, 604, 603, 601, 599, 598,
        596, 595, 593, 592, 591, 589, 588, 586, 585, 584, 582, 581, 580, 579, 577, 576,
        575, 574, 573, 572, 570, 569, 568, 567, 566, 565, 564, 563, 562, 561, 560, 559,
        558, 557, 556, 555, 554, 553, 552, 551, 550, 549, 548, 547, 547, 546, 545, 544,
        543, 542, 541, 540, 540, 539, 538, 537, 536, 536, 535, 534, 533, 532, 532, 531,
        530, 529, 528, 528, 527, 526, 525, 525, 524, 523, 522, 522, 521, 520, 520, 519,
    ];

    public override long Gas(ReadOnlySpan<byte> input)
    {
        int pairs = input.Length / PairLength;
        return pairs == 0 ? 0 : pairs * MultiplicationGas * Discounts[Math.Min(pairs, Discounts.Length) - 1] / 1_000;
    }

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => 128;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        bool ok = !input.IsEmpty && input.Length % PairLength == 0 &&
            Bls12381.TryG1MultiScalarMultiplication(input, output[..128]);
        written = ok ? 128 : 0;
        return ok;
    }
}
