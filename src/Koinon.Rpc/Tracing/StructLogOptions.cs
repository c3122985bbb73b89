namespace Koinon.Rpc.Tracing;

/// <summary>What the struct logger shows.</summary>
internal sealed record StructLogOptions
{
    /// <summary>Whether the stack is left out.</summary>
    public bool DisableStack { get; init; }

    /// <summary>Whether the storage is left out.</summary>
    public bool DisableStorage { get; init; }

    /// <summary>Whether the memory is shown.</summary>
    public bool EnableMemory { get; init; }

    /// <summary>Whether the memory is left out where it is shown unless a caller does not want it.</summary>
    public bool RefusesMemory { get; init; }

    /// <summary>Whether what the last call returned is shown.</summary>
    public bool EnableReturnData { get; init; }

    /// <summary>The most instructions shown; all where it is zero.</summary>
    public ulong Limit { get; init; }
}
