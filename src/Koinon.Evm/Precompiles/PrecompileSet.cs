using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives;

namespace Koinon.Evm.Precompiles;

/// <summary>The precompiles of a fork.</summary>
/// <remarks>Immutable.</remarks>
public sealed class PrecompileSet
{
    private const int NumberMax = 0x1ff;

    // Every precompile's address is a small number: the set is a table by that number.
    private readonly Precompile?[] _byNumber;

    // Those that a question moved to another address; null in every fork's own set.
    private readonly Dictionary<Address, Precompile>? _moved;

    // The fork's own, which stay warm where a question moved them away.
    private readonly Precompile?[] _warm;

    private PrecompileSet(Precompile?[] byNumber)
        : this(byNumber, byNumber, moved: null)
    {
    }

    private PrecompileSet(Precompile?[] byNumber, Precompile?[] warm, Dictionary<Address, Precompile>? moved)
    {
        _byNumber = byNumber;
        _warm = warm;
        _moved = moved;
    }

    /// <summary>No precompile.</summary>
    public static PrecompileSet None { get; } = new(new Precompile?[NumberMax + 1]);

    /// <summary>The precompiles in the order of their addresses.</summary>
    public IEnumerable<Precompile> All
    {
        get
        {
            foreach (Precompile? precompile in _byNumber)
            {
                if (precompile is not null)
                {
                    yield return precompile;
                }
            }
        }
    }

    /// <summary>The set with precompiles added, or put in the place of older ones at the same address.</summary>
    public PrecompileSet With(params ReadOnlySpan<Precompile> added)
    {
        var byNumber = (Precompile?[])_byNumber.Clone();
        foreach (Precompile precompile in added)
        {
            byNumber[precompile.Number] = precompile;
        }

        return new PrecompileSet(byNumber);
    }

    /// <summary>The set without the precompile of an address, which is then an account like others.</summary>
    public PrecompileSet Without(in Address address)
    {
        var byNumber = (Precompile?[])_byNumber.Clone();
        if (NumberOf(address) is { } number)
        {
            byNumber[number] = null;
        }

        Dictionary<Address, Precompile>? moved = _moved is null ? null : new(_moved);
        moved?.Remove(address);
        return new PrecompileSet(byNumber, _warm, moved);
    }

    /// <summary>The set with a precompile at another address as well.</summary>
    public PrecompileSet WithAt(in Address address, Precompile precompile)
    {
        Dictionary<Address, Precompile> moved = _moved is null ? [] : new(_moved);
        moved[address] = precompile;
        return new PrecompileSet(_byNumber, _warm, moved);
    }

    /// <summary>Finds the precompile at an address.</summary>
    public bool TryGet(in Address address, [NotNullWhen(true)] out Precompile? precompile)
    {
        if (_moved is not null && _moved.TryGetValue(address, out precompile))
        {
            return true;
        }

        precompile = NumberOf(address) is { } number ? _byNumber[number] : null;
        return precompile is not null;
    }

    /// <summary>Whether an address is warm from the start (EIP-2929): that of a precompile of the fork.</summary>
    /// <remarks>What a question moves changes nothing of it, as in geth.</remarks>
    internal bool IsWarm(in Address address) => NumberOf(address) is { } number && _warm[number] is not null;

    private static int? NumberOf(in Address address)
    {
        ReadOnlySpan<byte> bytes = Address.AsSpan(address);
        int number = (bytes[18] << 8) | bytes[19];
        return number <= NumberMax && bytes[..18].IndexOfAnyExcept((byte)0) < 0 ? number : null;
    }
}
