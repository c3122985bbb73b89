using System.Diagnostics;

namespace Koinon.Crypto.Modular;

/// <summary>A piece of memory from which numbers are cut, one after another.</summary>
/// <remarks>
/// Passed by value: what a callee takes is free again when it returns. The owner keeps the memory alive and has
/// computed its size.
/// </remarks>
internal unsafe struct Workspace(ulong* memory, int limbs)
{
    private readonly int _limbs = limbs;
    private int _used;

    /// <summary>Takes room for a number; its limbs hold anything.</summary>
    internal ulong* Take(int limbs)
    {
        ulong* taken = memory + _used;
        _used += limbs;
        Debug.Assert(_used <= _limbs, "The owner has computed the size.");
        return taken;
    }
}
