namespace Koinon.Evm.Frames;

/// <summary>What became of a call or creation.</summary>
internal enum CallResult : byte
{
    /// <summary>A new frame runs.</summary>
    Entered,

    /// <summary>It is over already: a precompile, an account without code, or a call that could not be made.</summary>
    Completed,

    /// <summary>The running frame itself must end.</summary>
    Halted,
}
