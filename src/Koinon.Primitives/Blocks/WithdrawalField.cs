namespace Koinon.Primitives.Blocks;

/// <summary>The parts of a withdrawal, to say where decoding stopped.</summary>
public enum WithdrawalField : byte
{
    /// <summary>The list as a whole.</summary>
    List,

    /// <summary>Index of the withdrawal.</summary>
    Index,

    /// <summary>Index of the validator.</summary>
    ValidatorIndex,

    /// <summary>Receiver.</summary>
    Address,

    /// <summary>Amount.</summary>
    Amount,
}
