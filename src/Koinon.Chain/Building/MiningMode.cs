namespace Koinon.Chain.Building;

/// <summary>What makes a chain that builds its own blocks build the next one.</summary>
/// <param name="IsAutomatic">Whether a transaction that can be executed is put into a block at once.</param>
/// <param name="IntervalMin">The shortest time between blocks that come by themselves; none where it is left out.
/// </param>
/// <param name="IntervalMax">The longest; each time is chosen at random between the two.</param>
public sealed record MiningMode(bool IsAutomatic, TimeSpan? IntervalMin = null, TimeSpan? IntervalMax = null)
{
    /// <summary>A block as soon as a transaction can be executed.</summary>
    public static MiningMode Automatic { get; } = new(true);

    /// <summary>Blocks by command alone.</summary>
    public static MiningMode Manual { get; } = new(false);

    /// <summary>Whether blocks come by themselves, transactions or not.</summary>
    public bool IsInterval => IntervalMin > TimeSpan.Zero;

    /// <summary>Blocks at a steady pace.</summary>
    /// <param name="interval">Above zero; fractions of a second are meant.</param>
    public static MiningMode Every(TimeSpan interval) => new(false, interval, interval);

    /// <summary>Blocks at a random pace.</summary>
    /// <param name="min">The shortest time between two, above zero.</param>
    /// <param name="max">The longest.</param>
    public static MiningMode Every(TimeSpan min, TimeSpan max) => new(false, min, max);

    /// <summary>Blocks at a steady pace, and one at once for each transaction that can be executed.</summary>
    /// <param name="interval">Above zero; fractions of a second are meant.</param>
    public static MiningMode Mixed(TimeSpan interval) => new(true, interval, interval);
}
