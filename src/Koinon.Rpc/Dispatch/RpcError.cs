namespace Koinon.Rpc.Dispatch;

/// <summary>Why a request got no result.</summary>
/// <param name="Code">One of <see cref="RpcErrorCode"/>.</param>
/// <param name="Message">Geth's text where it has one: clients read it.</param>
public sealed record RpcError(int Code, string Message)
{
    /// <summary>What a reverted execution returned; written as hex where it is present, even when empty.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>
    /// <c>error.data</c> as a JSON value in UTF-8, where it is more than bytes, such as the object of Hardhat's errors
    /// or a range that could be asked for; it is written instead of <see cref="Data"/>.
    /// </summary>
    public ReadOnlyMemory<byte>? JsonData { get; init; }

    /// <summary>A refusal with geth's general code.</summary>
    public static RpcError Server(string message) => new(RpcErrorCode.Server, message);

    /// <summary>A parameter that cannot be used.</summary>
    public static RpcError InvalidParameters(string message) => new(RpcErrorCode.InvalidParameters, message);
}
