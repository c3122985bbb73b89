using Koinon.Primitives;

namespace Koinon.Rpc.Subscriptions;

/// <summary>Something that a filter holds for its owner.</summary>
/// <param name="Json">Its JSON in UTF-8.</param>
/// <param name="Block">The block it belongs to; zero for a transaction that waits.</param>
internal readonly record struct FilterEntry(ReadOnlyMemory<byte> Json, Hash256 Block);
