namespace Koinon.Keys;

/// <summary>How much work scrypt does for each password that is tried.</summary>
/// <param name="N">The cost in memory and time: a power of two.</param>
/// <param name="R">The block size.</param>
/// <param name="P">The number of passes.</param>
public readonly record struct KeyStoreCost(int N, int R, int P)
{
    /// <summary>What keys of value deserve: 256 MiB and about a second, the custom of all clients.</summary>
    public static KeyStoreCost Standard => new(262_144, 8, 1);

    /// <summary>For small devices and tests: 4 MiB.</summary>
    public static KeyStoreCost Light => new(4_096, 8, 6);
}
