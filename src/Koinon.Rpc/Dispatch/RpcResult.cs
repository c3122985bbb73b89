namespace Koinon.Rpc.Dispatch;

/// <summary>What a method answers: a result (which may be <see langword="null"/>), or an error.</summary>
/// <typeparam name="T">The result's shape.</typeparam>
public readonly struct RpcResult<T>
{
    internal RpcResult(T? value, RpcError? error = null)
    {
        Value = value;
        Error = error;
    }

    /// <summary>The result; meaningless where there is an error.</summary>
    public T? Value { get; }

    /// <summary>Why there is no result, or <see langword="null"/>.</summary>
    public RpcError? Error { get; }

    /// <summary>A result.</summary>
    public static implicit operator RpcResult<T>(T? value) => new(value, null);

    /// <summary>An error.</summary>
    public static implicit operator RpcResult<T>(RpcError error) => new(default, error);
}
