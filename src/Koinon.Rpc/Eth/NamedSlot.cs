using Koinon.Primitives;

namespace Koinon.Rpc.Eth;

/// <summary>A storage slot, and how an answer names it.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Text">Its name.</param>
public readonly record struct NamedSlot(UInt256 Slot, string Text);
