using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.StateFiles;

/// <summary>The state of a development chain as a file, in anvil's format.</summary>
public interface IStateFiles
{
    /// <summary>Writes the chain as JSON.</summary>
    /// <param name="output">Where to; written to piece by piece.</param>
    /// <param name="isPacked">Whether it is packed by gzip.</param>
    /// <param name="cancellation">Ends it.</param>
    ValueTask WriteAsync(Stream output, bool isPacked, CancellationToken cancellation);

    /// <summary>Puts what a file says over the state of the chain.</summary>
    /// <param name="input">JSON, packed or plain; read piece by piece.</param>
    /// <param name="cancellation">Ends it before anything is changed.</param>
    /// <returns>Why nothing was changed, or <see langword="null"/>.</returns>
    ValueTask<RpcError?> LoadAsync(Stream input, CancellationToken cancellation);
}
