namespace Koinon.Primitives.State;

/// <summary>What became of a read of the state.</summary>
public enum ReadStatus : byte
{
    /// <summary>The state holds it.</summary>
    Found,

    /// <summary>The state is known not to hold it.</summary>
    Absent,

    /// <summary>
    /// This view does not know: it must be fetched first. A local store answers so only of a block that was taken back.
    /// </summary>
    Unavailable,
}
