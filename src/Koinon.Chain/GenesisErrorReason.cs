namespace Koinon.Chain;

/// <summary>What is wrong with a genesis: the closed list.</summary>
public enum GenesisErrorReason : byte
{
    /// <summary>The text is not JSON.</summary>
    NotJson,

    /// <summary>A field that must be there is not.</summary>
    Missing,

    /// <summary>A value is not of the kind that its field takes.</summary>
    WrongKind,

    /// <summary>A number does not fit its field.</summary>
    OutOfRange,

    /// <summary>An account or slot stands there twice.</summary>
    Duplicate,

    /// <summary>A fork begins before one that it stands on, or without it.</summary>
    ForkOrder,

    /// <summary>A fork or a consensus that Koinon does not know.</summary>
    NotSupported,
}
