namespace Koinon.Abi;

/// <summary>The types of values that stand one after another: a list of them, or one type many times.</summary>
internal readonly struct AbiTypeSequence
{
    private readonly IReadOnlyList<AbiType>? _types;
    private readonly AbiType? _element;

    internal AbiTypeSequence(IReadOnlyList<AbiType> types)
    {
        _types = types;
        Count = types.Count;
    }

    internal AbiTypeSequence(AbiType element, int count)
    {
        _element = element;
        Count = count;
    }

    /// <summary>How many values they are.</summary>
    internal int Count { get; }

    /// <summary>Bytes of all heads.</summary>
    internal long HeadSize
    {
        get
        {
            if (_types is null)
            {
                return (long)Count * _element!.HeadSize;
            }

            long size = 0;
            foreach (AbiType type in _types)
            {
                size += type.HeadSize;
            }

            return size;
        }
    }

    /// <summary>The type of a value.</summary>
    internal AbiType this[int index] => _types is null ? _element! : _types[index];
}
