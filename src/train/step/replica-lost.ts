// What a run ends with whose replica is gone: the weights are as they were before the step.

/** A replica's thread has ended, as it does where memory is too small. */
export class ReplicaLost extends Error {
	override readonly name = 'ReplicaLost';
}
