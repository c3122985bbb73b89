using Koinon.Primitives;

namespace Koinon.Rpc.Json;

/// <summary>The transactions of a block: their hashes, or the whole of them.</summary>
/// <param name="Hashes">The hashes; <see langword="null"/> where the whole is shown.</param>
/// <param name="Whole">The transactions; <see langword="null"/> where hashes are shown.</param>
public readonly record struct TransactionList(IReadOnlyList<Hash256>? Hashes, IReadOnlyList<TransactionJson>? Whole);
