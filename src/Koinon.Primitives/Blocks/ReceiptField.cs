namespace Koinon.Primitives.Blocks;

/// <summary>The parts of a receipt, to say where decoding stopped.</summary>
public enum ReceiptField : byte
{
    /// <summary>The bytes as a whole: type, outer list, what follows it.</summary>
    Envelope,

    /// <summary>Status, or root of the state.</summary>
    Outcome,

    /// <summary>Gas used up to and with the transaction.</summary>
    CumulativeGasUsed,

    /// <summary>Filter over the logs.</summary>
    Bloom,

    /// <summary>List of logs, or the list that is one log.</summary>
    Logs,

    /// <summary>Address of a log.</summary>
    LogAddress,

    /// <summary>Topic of a log, or the list of them.</summary>
    LogTopics,

    /// <summary>Data of a log.</summary>
    LogData,
}
