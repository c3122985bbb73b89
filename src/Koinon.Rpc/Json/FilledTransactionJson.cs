namespace Koinon.Rpc.Json;

/// <summary>A transaction that is whole but for its signature, or with it.</summary>
/// <param name="Raw">Its encoding.</param>
/// <param name="Tx">The transaction.</param>
public sealed record FilledTransactionJson(HexData Raw, TransactionJson Tx);
