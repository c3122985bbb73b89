namespace Koinon.Rpc.Dispatch;

/// <summary>The codes of errors on the wire.</summary>
public static class RpcErrorCode
{
    /// <summary>The body is not JSON (JSON-RPC 2.0).</summary>
    public const int Parse = -32700;

    /// <summary>The JSON is not a request, or a batch is empty or too long (JSON-RPC 2.0).</summary>
    public const int InvalidRequest = -32600;

    /// <summary>No such method here, or its namespace is not served (JSON-RPC 2.0).</summary>
    public const int MethodNotFound = -32601;

    /// <summary>A parameter is missing, superfluous or malformed (JSON-RPC 2.0).</summary>
    public const int InvalidParameters = -32602;

    /// <summary>
    /// A defect of this program; clients take it for something that passes and try again (JSON-RPC 2.0).
    /// </summary>
    public const int Internal = -32603;

    /// <summary>Nearly every other refusal, with the text that geth gives it.</summary>
    public const int Server = -32000;

    /// <summary>The answer took longer than the limit (geth).</summary>
    public const int Timeout = -32002;

    /// <summary>The block or its history is no longer kept (EIP-4444).</summary>
    public const int Pruned = 4444;

    /// <summary>The answer is longer than the limit (geth).</summary>
    public const int ResponseTooLarge = -32003;

    /// <summary>More was asked for than a limit allows (EIP-1474); clients may try again later.</summary>
    public const int LimitExceeded = -32005;

    /// <summary>A method that is known and does nothing here (EIP-1474).</summary>
    public const int NotSupported = -32004;

    /// <summary>
    /// A transaction was taken and stands in no block yet; <c>data</c> holds its hash (EIP-7966).
    /// </summary>
    public const int SyncTimeout = 4;

    /// <summary>The execution reverted; <c>data</c> holds what it returned (geth).</summary>
    public const int ExecutionReverted = 3;
}
