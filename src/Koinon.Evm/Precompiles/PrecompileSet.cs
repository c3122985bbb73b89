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

    private PrecompileSet(Precompile?[] byNumber) => _byNumber = byNumber;

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

    /// <summary>Finds the precompile at an address.</summary>
    public bool TryGet(in Address address, [NotNullWhen(true)] out Precompile? precompile)
    {
        ReadOnlySpan<byte> bytes = Address.AsSpan(address);
        int number = (bytes[18] << 8) | bytes[19];
        precompile = number <= NumberMax && bytes[..18].IndexOfAnyExcept((byte)0) < 0 ? _byNumber[number] : null;
        return precompile is not null;
    }
}
