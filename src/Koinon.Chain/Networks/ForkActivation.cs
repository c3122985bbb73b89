using Koinon.Chain.Forks;
using Koinon.Primitives;

namespace Koinon.Chain.Networks;

/// <summary>When a network begins to follow a fork, or a new blob schedule.</summary>
/// <param name="Kind">What it waits for.</param>
/// <param name="At">The first number, time or parent's total difficulty.</param>
/// <param name="Rules">The fork; <see langword="null"/> where only the blob parameters change (EIP-7892).</param>
/// <param name="Blobs">The blob parameters; <see langword="null"/> to take the fork's, or keep those before.</param>
public sealed record ForkActivation(ActivationKind Kind, UInt256 At, BlockRules? Rules, BlobParameters? Blobs = null);
