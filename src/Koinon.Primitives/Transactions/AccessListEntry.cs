namespace Koinon.Primitives.Transactions;

/// <summary>
/// An account, and slots of its storage, that a transaction announces and pays for in advance (EIP-2930).
/// </summary>
/// <param name="Address">The account.</param>
/// <param name="Slots">Keys as the contract names them; may repeat.</param>
public sealed record AccessListEntry(Address Address, IReadOnlyList<UInt256> Slots);
