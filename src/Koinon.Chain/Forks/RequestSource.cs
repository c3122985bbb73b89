using Koinon.Primitives;

namespace Koinon.Chain.Forks;

/// <summary>Where a block finds the requests of one type (EIP-7685).</summary>
/// <param name="Type">The type's byte.</param>
/// <param name="Contract">
/// The system contract to call after the transactions; <see langword="null"/> where they are read from the logs of the
/// network's deposit contract.
/// </param>
public sealed record RequestSource(byte Type, Address? Contract)
{
    /// <summary>The type of deposit requests (EIP-6110).</summary>
    public const byte DepositType = 0;
}
