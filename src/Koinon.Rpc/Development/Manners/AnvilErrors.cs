using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Manners;

/// <summary>Errors in the manner of anvil: geth's, and where no code ran to its end a revert without data beside them.
/// </summary>
/// <remarks>Matchers of test suites look for <c>data</c> wherever a contract failed.</remarks>
public static class AnvilErrors
{
    /// <summary>An error of any kind.</summary>
    public static RpcError Of(RpcError error) =>
        error.Code == RpcErrorCode.Server
        && error.Data is null
        && error.JsonData is null
        && HardhatErrors.HaltOf(error.Message) is not null
            ? error with { Data = ReadOnlyMemory<byte>.Empty }
            : error;
}
