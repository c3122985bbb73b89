namespace Koinon.Chain.Networks;

/// <summary>Keeps the first fault that is found in a genesis.</summary>
internal sealed class GenesisFaults
{
    /// <summary>The first fault; <see langword="null"/> where there is none.</summary>
    public GenesisError? First { get; private set; }

    /// <summary>Notes a fault.</summary>
    public void Add(GenesisErrorReason reason, string field, string detail) =>
        First ??= new GenesisError(reason, field, detail);
}
