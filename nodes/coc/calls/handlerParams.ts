/** Who handles an incident: a person, by IAM user ID, or a shift, by its keys. */
export type Handler = { person: string } | { scene: string; role: string };

/** A handler as most calls take it; nothing for nobody. */
export function handlerParams(handler: Handler | null): {
	assignee?: string;
	assignee_scene?: string;
	assignee_role?: string;
} {
	if (handler === null) return {};
	return 'person' in handler
		? { assignee: handler.person }
		: { assignee_scene: handler.scene, assignee_role: handler.role };
}
