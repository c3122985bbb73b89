namespace Koinon.Chain.Building;

/// <summary>Who goes first into a block. One sender's transactions always stand in the order of nonces.</summary>
public enum TransactionOrder : byte
{
    /// <summary>Who pays the block's author most for a unit of gas; who came first among equals.</summary>
    Fees,

    /// <summary>Who came first.</summary>
    Arrival,
}
