using Koinon.Primitives;

namespace Koinon.Consensus;

/// <summary>What the proof-of-work function gives for a header and a nonce.</summary>
/// <param name="MixHash">What the header's mix hash must be.</param>
/// <param name="Result">Big-endian; times the difficulty it must stay within 2²⁵⁶.</param>
public readonly record struct EthashProof(Hash256 MixHash, Hash256 Result)
{
    /// <summary>Whether the result is small enough for a difficulty: result ≤ ⌊2²⁵⁶ / difficulty⌋.</summary>
    /// <param name="difficulty">Zero is met by nothing.</param>
    public bool Meets(in UInt256 difficulty)
    {
        if (difficulty <= UInt256.One)
        {
            return !difficulty.IsZero;
        }

        // ⌊2²⁵⁶ / d⌋ = ⌊(2²⁵⁶ - 1) / d⌋, or one more where d divides 2²⁵⁶.
        UInt256 bound = UInt256.MaxValue / difficulty;
        if (UInt256.MaxValue % difficulty == difficulty - UInt256.One)
        {
            bound += UInt256.One;
        }

        return Result.ToWord() <= bound;
    }
}
