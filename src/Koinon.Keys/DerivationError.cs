namespace Koinon.Keys;

/// <summary>Why no key was derived.</summary>
public enum DerivationError
{
    /// <summary>One was.</summary>
    None,

    /// <summary>The path does not begin with <c>m</c>.</summary>
    NoRoot,

    /// <summary>A part of the path is not a decimal number, with or without the sign of a hardened one.</summary>
    InvalidIndex,

    /// <summary>A part of the path is 2³¹ or more.</summary>
    IndexTooLarge,

    /// <summary>The key would lie more than 255 levels below its root.</summary>
    TooDeep,

    /// <summary>The seed is not 16 to 64 bytes long.</summary>
    SeedLength,

    /// <summary>The derived number is no key; another index or seed will do. Comes once in 2¹²⁷ tries.</summary>
    NoKey,
}
